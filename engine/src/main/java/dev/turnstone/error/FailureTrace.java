package dev.turnstone.error;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stack trace of an unexpected failure, in a file that the user can attach to a bug report. Immutable and
 * thread-safe.
 *
 * @param reference eight hexadecimal digits, equal for failures of the same class at the same place
 * @param failure the thrown exception or error
 * @param file the file with the trace, in the directory for temporary files; null if it could not be written
 */
public record FailureTrace(
        String reference, Throwable failure, @Nullable Path file) {

    /** A frame that occurs at least this often is part of the recursion that ended in a stack overflow. */
    private static final int OF_A_RECURSION = 3;

    /** The files by reference, one for each reference in a process: every check of a long history can fail alike. */
    private static final Map<String, Path> WRITTEN = new ConcurrentHashMap<>();

    /** Writes the trace of a failure, with passwords masked. Throws nothing. */
    public static FailureTrace of(Throwable failure) {
        try {
            String reference = referenceOf(failure);
            return new FailureTrace(reference, failure, write(reference, failure));
        } catch (OutOfMemoryError e) {
            return new FailureTrace("00000000", failure, null);
        }
    }

    private static @Nullable Path write(String reference, Throwable failure) {
        Path known = WRITTEN.get(reference);
        if (known != null && Files.exists(known)) {
            return known;
        }
        try {
            Path file = Files.createTempFile("turnstone-" + reference + "-", ".txt");
            Files.writeString(file, text(reference, failure), StandardCharsets.UTF_8);
            WRITTEN.put(reference, file);
            return file;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static String text(String reference, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return "Turnstone, internal error " + reference + "\nJava " + System.getProperty("java.version") + " on "
                + System.getProperty("os.name") + ", heap of at most "
                + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB\n\n" + Secrets.masked(trace.toString());
    }

    private static String referenceOf(Throwable failure) {
        StringBuilder identity = new StringBuilder();
        int depth = 0;
        for (Throwable each = failure; each != null && depth < 10; each = each.getCause(), depth++) {
            identity.append(each.getClass().getName()).append('\n').append(frames(each));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(identity.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            return HexFormat.of().toHexDigits(identity.toString().hashCode());
        }
    }

    /** The frame in which a stack overflows varies, so only the frames of the recursion identify the failure. */
    private static String frames(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        if (!(failure instanceof StackOverflowError)) {
            return Stream.of(frames).map(FailureTrace::name).collect(Collectors.joining("\n"));
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (StackTraceElement frame : frames) {
            counts.merge(name(frame), 1, Integer::sum);
        }
        Set<String> recursion = counts.entrySet().stream()
                .filter(frame -> frame.getValue() >= OF_A_RECURSION)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return recursion.stream().sorted().collect(Collectors.joining("\n"));
    }

    private static String name(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    /** Returns sentences that state the failure and the location of its trace, with passwords masked. */
    public String describe() {
        return what() + " (reference " + reference + "). "
                + (file == null
                        ? "Its trace could not be written to " + System.getProperty("java.io.tmpdir") + "."
                        : "Its trace is in " + file + ".");
    }

    private String what() {
        if (failure instanceof OutOfMemoryError) {
            return "The Java virtual machine ran out of memory; its heap may have "
                    + Runtime.getRuntime().maxMemory() / (1024 * 1024) + " MiB";
        }
        if (failure instanceof StackOverflowError) {
            return "The stack of the Java virtual machine overflowed";
        }
        String message = failure.getMessage();
        return "Turnstone failed with " + failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + Secrets.masked(message.strip()));
    }

    /** Returns a sentence that states what to do next. */
    public String remedy() {
        return failure instanceof OutOfMemoryError
                ? "Give the virtual machine a larger heap, such as -Xmx2g (TURNSTONE_JAVA_OPTIONS for the command,"
                        + " argLine for Surefire)."
                : "This is a defect of Turnstone. Report it with the reference and the file.";
    }
}

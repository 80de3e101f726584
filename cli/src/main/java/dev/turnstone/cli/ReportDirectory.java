package dev.turnstone.cli;

import dev.turnstone.report.HistoryReport;
import dev.turnstone.report.HtmlReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directory of {@code --report-directory}.
 *
 * @param path the directory; it need not exist
 */
record ReportDirectory(Path path) {

    /**
     * Creates the directory and tries to write there, so that a long run does not end without its report.
     *
     * @throws BadOptionException when reports cannot be written there
     */
    void prepare() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw refused("it is a file");
        }
        if (Files.isDirectory(page())) {
            throw refused(page() + " is a directory");
        }
        try {
            Files.createDirectories(path);
            Files.delete(Files.createTempFile(path, "report", ".tmp"));
        } catch (IOException e) {
            throw refused(reason(e));
        }
    }

    /**
     * Writes the page, and replaces an older one.
     *
     * @return the page's file
     * @throws BadOptionException when it cannot be written, although the directory was prepared
     */
    Path write(HistoryReport report) {
        try {
            HtmlReport.write(List.of(report), page());
            return page();
        } catch (UncheckedIOException e) {
            throw refused(reason(e.getCause()));
        }
    }

    private Path page() {
        return path.resolve("report.html").toAbsolutePath().normalize();
    }

    private static String reason(@Nullable IOException e) {
        return e instanceof AccessDeniedException ? "no permission to write there" : String.valueOf(e);
    }

    private BadOptionException refused(String reason) {
        return new BadOptionException("The report cannot be written to --report-directory " + path + ": " + reason
                + ". Name a directory that is new, or that can be written.");
    }
}

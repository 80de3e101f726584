package dev.turnstone.junit;

import dev.turnstone.database.ServerForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** A run of test cases as a build would start it. */
final class Launch {

    /** Where all runs put their files, so that the server's programs are unpacked once. */
    static final Path DIRECTORY = Path.of("target", "turnstone").toAbsolutePath();

    private final Map<String, String> parameters = new HashMap<>();
    private @Nullable Path published;

    private Launch() {}

    /** On the server of the tests. */
    static Launch onServer() {
        return on(ServerForTests.url());
    }

    static Launch on(String url) {
        return new Launch()
                .with("turnstone.postgres.url", url)
                .with("turnstone.directory", DIRECTORY.toString())
                .with("turnstone.report.directory", DIRECTORY.resolve("reports").toString());
    }

    Launch with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    Launch onThreads(int threads) {
        return with("junit.jupiter.execution.parallel.enabled", "true")
                .with("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .with("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .with("junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(threads))
                .with("junit.jupiter.execution.parallel.config.fixed.max-pool-size", Integer.toString(threads));
    }

    /** Where files that tests publish go. */
    Launch publishingTo(Path directory) {
        published = directory;
        return this;
    }

    Ran run(Class<?>... testCases) {
        return run(Arrays.stream(testCases).map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new));
    }

    Ran run(DiscoverySelector... selectors) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectors);
        if (published != null) {
            kit.outputDirectoryCreator(new InDirectory(published));
        }
        return new Ran(kit.execute());
    }

    private record InDirectory(Path root) implements OutputDirectoryCreator {
        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor test) throws IOException {
            return Files.createDirectories(root.resolve(test.getDisplayName().replaceAll("[^A-Za-z]", "")));
        }
    }

    /** What a run came to. */
    record Ran(EngineExecutionResults results) {

        /** Its tests, in the order in which they ended. */
        List<Leaf> leaves() {
            return results.testEvents().finished().map(Leaf::of).toList();
        }

        /** What was not run, each as {@code name: reason}. */
        List<String> skipped() {
            return results.allEvents()
                    .skipped()
                    .map(event -> event.getTestDescriptor().getDisplayName() + ": "
                            + event.getPayload(String.class).orElse(""))
                    .toList();
        }

        List<Leaf> failed() {
            return leaves().stream()
                    .filter(leaf -> leaf.status() == TestExecutionResult.Status.FAILED)
                    .toList();
        }

        List<Leaf> aborted() {
            return leaves().stream()
                    .filter(leaf -> leaf.status() == TestExecutionResult.Status.ABORTED)
                    .toList();
        }

        /** The published entries as lines, each {@code key=value}. */
        List<String> reportEntries() {
            return results.allEvents().reportingEntryPublished().stream()
                    .flatMap(event -> event.getPayload(ReportEntry.class).stream())
                    .flatMap(entry -> entry.getKeyValuePairs().entrySet().stream())
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
        }

        /** The messages of all that failed, tests and containers. */
        List<String> failures() {
            return results.allEvents().finished().stream()
                    .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                    .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
                    .flatMap(result -> result.getThrowable().stream())
                    .map(Throwable::getMessage)
                    .toList();
        }
    }

    /**
     * A test that ended.
     *
     * @param method the method that it comes from
     * @param path the names of its containers below that method and its own, with slashes between
     * @param message why it failed or was aborted; empty where it passed
     */
    record Leaf(String method, String path, TestExecutionResult.Status status, String message, String uniqueId) {

        static Leaf of(Event event) {
            TestDescriptor test = event.getTestDescriptor();
            TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
            String method = test.getSource()
                    .map(MethodSource.class::cast)
                    .map(MethodSource::getMethodName)
                    .orElse("");
            return new Leaf(
                    method,
                    path(test, method),
                    result.getStatus(),
                    result.getThrowable().map(Throwable::getMessage).orElse(""),
                    test.getUniqueId().toString());
        }

        private static String path(TestDescriptor test, String method) {
            Optional<TestDescriptor> above = test.getParent()
                    .filter(parent -> !parent.getDisplayName().startsWith(method + "(") && !parent.isRoot());
            String name = test.getDisplayName();
            return Stream.concat(above.map(parent -> path(parent, method)).stream(), Stream.of(name))
                    .reduce((a, b) -> a + "/" + b)
                    .orElse(name);
        }

        /** The method, then the path. */
        String place() {
            return method + "/" + path;
        }
    }
}

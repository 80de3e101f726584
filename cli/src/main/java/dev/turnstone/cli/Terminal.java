package dev.turnstone.cli;

import dev.turnstone.report.VisibleText;
import java.io.Console;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine.Help.Ansi;

/**
 * The output for people. All text passes through {@link VisibleText}; only this class itself moves the cursor or sets
 * colors.
 */
final class Terminal extends PrintWriter {

    private static final String WIPE = "\r\u001b[K";

    private final PrintWriter target;

    /**
     * @param target standard output or standard error
     */
    Terminal(PrintWriter target) {
        super(new Visible(target), true);
        this.target = target;
    }

    /** Replaces control characters before text is written. */
    private static final class Visible extends Writer {

        private final PrintWriter target;

        Visible(PrintWriter target) {
            this.target = target;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            target.write(VisibleText.of(new String(text, offset, length)));
        }

        @Override
        public void write(String text, int offset, int length) {
            target.write(VisibleText.of(text.substring(offset, offset + length)));
        }

        @Override
        public void flush() {
            target.flush();
        }

        @Override
        public void close() {
            target.close();
        }
    }

    /**
     * Prints fixed text in a style, if the terminal supports styles.
     *
     * @param markup in picocli's notation, such as {@code @|bold,red error|@}; never contains user input
     */
    void style(String markup) {
        flush();
        target.print(Ansi.AUTO.string(markup));
    }

    /** Prints text for a program, unchanged. */
    void exactly(String text) {
        flush();
        target.print(text);
        target.flush();
    }

    /** Erases the line of the cursor. */
    void wipe() {
        exactly(WIPE);
    }

    /** Returns a writer to the same target that replaces nothing, for fixed texts such as help with its colors. */
    PrintWriter unchanged() {
        return target;
    }

    /** Returns whether standard input and output are connected to a terminal. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 22 on, a console may exist without a terminal.
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // Before JDK 22, a console always is a terminal.
        }
    }
}

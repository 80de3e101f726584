package dev.turnstone.scenario.concurrent;

import dev.turnstone.dialect.Dialect;
import dev.turnstone.dialect.Dialects;
import dev.turnstone.dialect.JdbcDataSource;
import dev.turnstone.dialect.Scope;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.error.TurnstoneException;
import dev.turnstone.execution.StepListener;
import dev.turnstone.execution.session.MigrationSession;
import dev.turnstone.execution.session.MigrationSession.NonEmptySchema;
import dev.turnstone.history.VersionTable;
import dev.turnstone.revision.Step;
import dev.turnstone.revision.Target;
import dev.turnstone.scenario.HistoryPlace;
import dev.turnstone.source.Scripts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** The program that runs in the process that {@link OtherProcess} creates. */
final class StartInOtherProcess {

    private StartInOtherProcess() {}

    /**
     * Reads the settings from the standard input, upgrades to the heads after the line {@code go}, and writes the
     * result to the standard output.
     *
     * @param arguments not used
     * @throws IOException if the standard input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals(OtherProcess.END); line = in.readLine()) {
            text.append(line).append('\n');
        }
        Properties properties = new Properties();
        properties.load(new StringReader(text.toString()));
        try (Connection connection = JdbcDataSource.read(properties).getConnection()) {
            Scripts scripts = HistoryPlace.read(properties).load(StartInOtherProcess.class.getClassLoader());
            out.println(OtherProcess.READY);
            if (OtherProcess.GO.equals(in.readLine())) {
                upgrade(scripts, connection, out);
            }
            out.println(OtherProcess.DONE);
        } catch (SQLException | TurnstoneException e) {
            out.println(OtherProcess.FAILED + String.valueOf(e.getMessage()).replace('\n', '\t'));
        }
    }

    private static void upgrade(Scripts scripts, Connection connection, PrintStream out) throws SQLException {
        Dialect dialect = Dialects.of(connection);
        Scope scope = dialect.currentScope(connection);
        StepListener listener = new StepListener() {
            @Override
            public void ran(Step step, List<SqlStatement> statements) {
                out.println(OtherProcess.RAN + step.revision().id());
            }
        };
        new MigrationSession(
                        connection,
                        scripts,
                        new VersionTable(dialect, scope.schema(), VersionTable.DEFAULT_NAME),
                        scope,
                        listener)
                // The database was created for this run: any objects in it are those that the user wants before
                // the history.
                .upgrade(Target.parse("heads"), NonEmptySchema.ALLOWED);
    }
}

package dev.turnstone.scenario;

import dev.turnstone.database.TestDatabase;
import dev.turnstone.dialect.SqlStatement;
import dev.turnstone.revision.Revision;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine on real databases, with one fault: what one of its commands does. */
public final class FaultyTool {

    private FaultyTool() {}

    /** What runs instead of a command. */
    public interface Fault {
        List<SqlStatement> by(ToolSession real, List<Revision> revisions) throws InterruptedException;
    }

    private interface Replaced {
        /** Gives what a method gives instead of its own result; null where it shall do what it does. */
        @Nullable
        Object by(String method, Object @Nullable [] arguments) throws InterruptedException;
    }

    /** The fault is in this JVM only, so the tool says that no other process can run it. */
    public static ScenarioContext in(ScenarioContext context, String command, Fault fault) {
        MigrationTool tool = context.tool();
        MigrationTool faulty = wrapped(MigrationTool.class, tool, (method, arguments) -> {
            if (method.equals("place")) {
                return Optional.empty();
            }
            if (!method.equals("on") || arguments == null) {
                return null;
            }
            ToolSession session = tool.on((TestDatabase) arguments[0]);
            return wrapped(
                    ToolSession.class,
                    session,
                    (called, ignored) -> called.equals(command)
                            ? fault.by(session, tool.graph().revisions())
                            : null);
        });
        return new ScenarioContext(faulty, context.dialect(), context.databases(), context.options());
    }

    private static <T> T wrapped(Class<T> type, T real, Replaced replaced) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object instead = replaced.by(method.getName(), arguments);
                    if (instead != null) {
                        return instead;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}

package dev.turnstone.source;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A loaded history: the graph of its revisions, and the migration of each. Immutable and thread-safe.
 *
 * <p>Loading is the most expensive part of a command on a long history, so one instance serves many commands.
 */
public final class Scripts {

    private final RevisionGraph graph;
    private final Map<RevisionId, MigrationScript> scripts;
    private final Format format;

    private Scripts(RevisionGraph graph, Map<RevisionId, MigrationScript> scripts, Format format) {
        this.graph = graph;
        this.scripts = Map.copyOf(scripts);
        this.format = format;
    }

    /**
     * Loads all revisions of some sources as one history.
     *
     * @throws dev.turnstone.error.TurnstoneException if a file or class is invalid, or if the revisions do not form a
     *     graph: an undefined parent, a duplicate id, or a cycle
     */
    public static Scripts load(List<RevisionSource> sources) {
        return of(sources.stream().flatMap(source -> source.load().stream()).toList());
    }

    /**
     * Creates a history from revisions.
     *
     * @throws dev.turnstone.error.TurnstoneException if they do not form a graph
     */
    public static Scripts of(List<MigrationScript> scripts) {
        RevisionGraph graph =
                RevisionGraph.of(scripts.stream().map(MigrationScript::revision).toList());
        Map<RevisionId, MigrationScript> byId = new HashMap<>();
        scripts.forEach(script -> byId.put(script.id(), script));
        return new Scripts(
                graph,
                byId,
                scripts.isEmpty() ? Format.TURNSTONE : scripts.get(0).format());
    }

    /** Returns the graph of the revisions. */
    public RevisionGraph graph() {
        return graph;
    }

    /** Returns the format of the history; Turnstone's own for an empty history. */
    public Format format() {
        return format;
    }

    /** Returns unexpected facts about the files, as sentences, in the order of the revisions. */
    public List<String> notes() {
        return inOrder().stream().flatMap(script -> script.notes().stream()).toList();
    }

    /**
     * Returns the script of a revision.
     *
     * @throws dev.turnstone.revision.UnknownRevisionException if no file or class defines it
     */
    public MigrationScript script(RevisionId id) {
        Revision revision = graph.get(id);
        MigrationScript script = scripts.get(revision.id());
        if (script == null) {
            throw new IllegalStateException("The graph contains " + id + " and the scripts do not.");
        }
        return script;
    }

    /**
     * Returns all revisions, each after its parents and dependencies, in an order that is the same on every machine.
     */
    public List<MigrationScript> inOrder() {
        return graph.revisions().stream().map(revision -> script(revision.id())).toList();
    }
}

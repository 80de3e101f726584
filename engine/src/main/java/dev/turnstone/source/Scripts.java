package dev.turnstone.source;

import dev.turnstone.revision.Revision;
import dev.turnstone.revision.RevisionGraph;
import dev.turnstone.revision.RevisionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole history, loaded: the graph of its revisions, and what each of them does. Immutable and thread-safe.
 *
 * <p>Loading is the costly part of a command on a long history, so one instance serves many commands.
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
     * @throws dev.turnstone.error.TurnstoneException when a file or class is not quite a revision, or when the revisions
     *     do not make a graph: a parent that no one defines, an id used twice, a cycle
     */
    public static Scripts load(List<RevisionSource> sources) {
        return of(sources.stream().flatMap(source -> source.load().stream()).toList());
    }

    /**
     * Takes revisions as one history.
     *
     * @throws dev.turnstone.error.TurnstoneException when they do not make a graph
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

    /** The graph that the revisions form. */
    public RevisionGraph graph() {
        return graph;
    }

    /** The format of the history; our own for one without revisions. */
    public Format format() {
        return format;
    }

    /** What readers of the files were surprised by, in the order of the revisions; each a sentence for a person. */
    public List<String> notes() {
        return inOrder().stream().flatMap(script -> script.notes().stream()).toList();
    }

    /**
     * What a revision does.
     *
     * @throws dev.turnstone.revision.UnknownRevisionException when no file or class defines it
     */
    public MigrationScript script(RevisionId id) {
        Revision revision = graph.get(id);
        MigrationScript script = scripts.get(revision.id());
        if (script == null) {
            throw new IllegalStateException("The graph knows " + id + " and the scripts do not.");
        }
        return script;
    }

    /** All revisions, each after those that it needs, in an order that is the same on every machine. */
    public List<MigrationScript> inOrder() {
        return graph.revisions().stream().map(revision -> script(revision.id())).toList();
    }
}

package dev.turnstone.revision;

import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the version table at one moment, sorted by id.
 *
 * <p>Immutable. A changed copy shares all but a few nodes with its original, so that each step of a path can hold its
 * rows. Without sharing, a history of 10,000 independent revisions would need 50 million entries.
 */
final class VersionRows extends AbstractSet<RevisionId> {

    private final IdOrder order;
    private final @Nullable Node root;

    private VersionRows(IdOrder order, @Nullable Node root) {
        this.order = order;
        this.root = root;
    }

    static VersionRows none(IdOrder order) {
        return new VersionRows(order, null);
    }

    /** Returns the same rows, sorted, in an unmodifiable set. */
    static Set<RevisionId> copyOf(Set<RevisionId> rows) {
        return rows instanceof VersionRows ? rows : Collections.unmodifiableSet(new TreeSet<>(rows));
    }

    VersionRows changed(List<RowChange> changes) {
        VersionRows changed = this;
        for (RowChange change : changes) {
            if (change instanceof RowChange.Insert insert) {
                changed = changed.with(insert.id());
            } else if (change instanceof RowChange.Delete delete) {
                changed = changed.without(delete.id());
            } else if (change instanceof RowChange.Update update) {
                changed = changed.without(update.from()).with(update.to());
            }
        }
        return changed;
    }

    VersionRows with(RevisionId id) {
        return new VersionRows(order, Node.set(root, 0, order.size(), order.rankOf(id), true));
    }

    private VersionRows without(RevisionId id) {
        return new VersionRows(order, Node.set(root, 0, order.size(), order.rankOf(id), false));
    }

    @Override
    public int size() {
        return root == null ? 0 : root.count;
    }

    @Override
    public boolean contains(Object object) {
        if (!(object instanceof RevisionId id) || !order.contains(id)) {
            return false;
        }
        int rank = order.rankOf(id);
        int from = 0;
        int to = order.size();
        Node node = root;
        while (node != null && to - from > 1) {
            int middle = (from + to) >>> 1;
            if (rank < middle) {
                node = node.left;
                to = middle;
            } else {
                node = node.right;
                from = middle;
            }
        }
        return node != null;
    }

    @Override
    public Iterator<RevisionId> iterator() {
        return new InOrder();
    }

    /** The members of a half-open range of ranks. An empty range has no node. */
    private record Node(
            int count, @Nullable Node left, @Nullable Node right) {

        private static @Nullable Node set(@Nullable Node node, int from, int to, int rank, boolean present) {
            if (to - from == 1) {
                return present ? new Node(1, null, null) : null;
            }
            int middle = (from + to) >>> 1;
            Node left = node == null ? null : node.left;
            Node right = node == null ? null : node.right;
            if (rank < middle) {
                left = set(left, from, middle, rank, present);
            } else {
                right = set(right, middle, to, rank, present);
            }
            int count = (left == null ? 0 : left.count) + (right == null ? 0 : right.count);
            return count == 0 ? null : new Node(count, left, right);
        }
    }

    private final class InOrder implements Iterator<RevisionId> {

        private record Pending(Node node, int from, int to) {}

        private final Deque<Pending> pending = new ArrayDeque<>();

        private InOrder() {
            push(root, 0, order.size());
        }

        private void push(@Nullable Node node, int from, int to) {
            if (node != null) {
                pending.push(new Pending(node, from, to));
            }
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty();
        }

        @Override
        public RevisionId next() {
            if (pending.isEmpty()) {
                throw new NoSuchElementException();
            }
            Pending next = pending.pop();
            while (next.to - next.from > 1) {
                int middle = (next.from + next.to) >>> 1;
                push(next.node.right, middle, next.to);
                push(next.node.left, next.from, middle);
                next = pending.pop();
            }
            return order.at(next.from);
        }
    }
}

package dev.rondo.actions;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Refuses what is nested too deeply while it is read: the composer goes down recursively. */
final class DepthLimit implements Parser {
    private final Parser parser;
    private final int most;
    private int depth;

    DepthLimit(Parser parser, int most) {
        this.parser = parser;
        this.most = most;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> depth++;
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        if (depth > most) {
            throw new YamlFault(
                    event.getStartMark().map(Yaml::position).orElse(Position.START),
                    "Maximum object depth exceeded");
        }
        return event;
    }
}

package dev.rondo.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What all runs that are led share: the gates in front of the queues, and a queue per station. */
record Crew(Gates gates, Map<String, Slots> queues) {

    static Crew of(Gates gates, List<Station> stations, Slots.Most most) {
        return new Crew(gates, queues(stations, most));
    }

    /** By the names of the stations. */
    static Map<String, Slots> queues(List<Station> stations, Slots.Most most) {
        var queues = new LinkedHashMap<String, Slots>();
        for (Station station : stations) {
            int own = station.terms().jobs();
            queues.put(station.name(), new Slots(own == 0 ? most : new Bounded(own, most)));
        }
        return queues;
    }

    /** So many in all, where the machine's own number does not count. */
    private record Bounded(int all, Slots.Most most) implements Slots.Most {
        @Override
        public int of(String project) {
            return most.of(project);
        }
    }

    Slots slots(Station station) {
        return Objects.requireNonNull(queues.get(station.name()));
    }
}

package dev.rondo.monitoring.view;

import java.util.List;

/** Rondo's own health: figures as they stand, and charts. */
public record HealthView(List<Figure> figures, List<ServiceView.ChartPlace> charts) {

    /** One figure with its text. */
    public record Figure(String key, String value) {}
}

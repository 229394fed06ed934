package dev.rondo.building.view;

import java.util.List;

/** What may be started by hand: files of workflows, and the branch they are read at. */
public record DispatchView(List<String> workflows, String branch) {}

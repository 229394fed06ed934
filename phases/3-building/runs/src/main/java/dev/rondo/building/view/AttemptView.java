package dev.rondo.building.view;

/** One of several attempts of a run; the shown one is not linked. */
public record AttemptView(int number, String href, String standing, boolean shown) {}

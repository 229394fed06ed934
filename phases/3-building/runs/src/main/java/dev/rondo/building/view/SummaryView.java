package dev.rondo.building.view;

import gg.jte.Content;

/** What a step wrote into its summary, as clean HTML. */
public record SummaryView(String job, String step, Content html) {}

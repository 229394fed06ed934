package dev.rondo.building;

/** What all runs that are led share: the gates in front of the queue, and the queue. */
record Crew(Gates gates, Slots slots) {}

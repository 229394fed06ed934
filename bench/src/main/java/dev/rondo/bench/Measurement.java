package dev.rondo.bench;

import java.util.List;

/** One group of figures; everything it starts belongs to the workbench, which ends it. */
@FunctionalInterface
interface Measurement {
    List<Figure> measure(Workbench bench) throws Exception;
}

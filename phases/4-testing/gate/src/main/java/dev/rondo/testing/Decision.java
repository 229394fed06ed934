package dev.rondo.testing;

import java.util.List;

/** What the gate decided, with a reason for each rule, those against passing first. */
record Decision(boolean passed, List<Reason> reasons) {

    String verdict() {
        return passed ? "passed" : "failed";
    }
}

package dev.rondo.building.view;

import java.util.List;

/** An input of a start by hand. {@code kind} is string, boolean, number, choice or environment. */
public record InputView(
        String name,
        String kind,
        String description,
        boolean required,
        String value,
        List<String> options) {

    public String field() {
        return "input." + name;
    }

    public boolean on() {
        return value.equals("true");
    }
}

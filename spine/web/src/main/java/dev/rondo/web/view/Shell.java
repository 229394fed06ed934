package dev.rondo.web.view;

import gg.jte.Content;
import java.util.List;
import java.util.Optional;

/**
 * What stands around a page's content.
 *
 * @param banner a warning on top, or empty
 * @param place of the lit phase, 1 to 8, or 0
 */
public record Shell(
        String title,
        boolean wide,
        Optional<Choice> project,
        int place,
        Content ring,
        List<PhaseLink> phases,
        List<MenuLink> general,
        List<MenuLink> admin,
        List<Choice> projects,
        List<MenuLink> trail,
        Content actions,
        List<Said> notices,
        String banner,
        List<String> scripts,
        List<String> styles) {

    /** A phase in the navigation with its entries; {@code path} is empty outside of a project. */
    public record PhaseLink(
            int place, String title, String path, boolean lit, List<MenuLink> entries) {}

    /** An entry. */
    public record MenuLink(String title, String path, boolean lit) {}

    /** A project in the switcher. */
    public record Choice(String name, String title, boolean lit) {}

    /** A notice as it is shown. */
    public record Said(String text, boolean warning) {}
}

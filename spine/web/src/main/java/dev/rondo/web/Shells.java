package dev.rondo.web;

import dev.rondo.access.Project;
import dev.rondo.web.pages.DynamicTemplates;
import dev.rondo.web.pages.StaticTemplates;
import dev.rondo.web.pages.Templates;
import dev.rondo.web.view.Shell;
import dev.rondo.web.view.Trouble;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts the shell around a page: navigation, trail, notices. */
final class Shells {

    private static final Templates TEMPLATES =
            Reload.templates("spine/web", StaticTemplates::new, DynamicTemplates::new);

    private Shells() {}

    static Templates templates() {
        return TEMPLATES;
    }

    static Content page(Visit visit, Page page, Content content) {
        return TEMPLATES.shell(visit, shell(visit, page), content);
    }

    static Content trouble(Visit visit, Trouble trouble) {
        return TEMPLATES.trouble(visit, trouble);
    }

    /** The path of an entry, with the project filled in. */
    static String path(MenuEntry entry, Visit visit) {
        return entry.path()
                .replace("{project}", visit.maybeProject().map(Project::name).orElse(""));
    }

    private static Shell shell(Visit visit, Page page) {
        var site = visit.site();
        var lit =
                site.menu().stream()
                        .filter(entry -> entry.titleKey().equals(page.menu()))
                        .findFirst();
        int place = lit.map(MenuEntry::place).orElse(0);
        var project = visit.maybeProject().filter(there -> visit.may(May.READ));
        return new Shell(
                page.title(),
                page.isWide(),
                project.map(there -> new Shell.Choice(there.name(), there.title(), true)),
                place,
                Parts.ring(visit, place),
                project.isPresent() ? phases(visit, lit) : List.of(),
                entries(visit, 0, "loop", lit),
                entries(visit, 0, "admin", lit),
                projects(visit, project),
                page.trail().stream()
                        .map(step -> new Shell.MenuLink(step.title(), step.path(), false))
                        .toList(),
                page.actions(),
                Notices.take(visit.http()).stream()
                        .map(notice ->
                                new Shell.Said(
                                        visit.text(notice.key(), notice.args().toArray()),
                                        notice.warning()))
                        .toList(),
                site.banner(visit).orElse(""),
                page.scripts().stream().map(visit::asset).toList(),
                page.styles().stream().map(visit::asset).toList());
    }

    private static List<Shell.PhaseLink> phases(Visit visit, Optional<MenuEntry> lit) {
        return IntStream.rangeClosed(1, 8)
                .mapToObj(place -> {
                    var entries = entries(visit, place, "", lit);
                    return new Shell.PhaseLink(
                            place,
                            visit.text("web.phase." + place),
                            entries.isEmpty() ? "" : entries.getFirst().path(),
                            lit.map(entry -> entry.place() == place).orElse(false),
                            entries);
                })
                .toList();
    }

    /** The entries of a phase that the visitor may follow; those of a project only within one. */
    private static List<Shell.MenuLink> entries(
            Visit visit, int place, String phase, Optional<MenuEntry> lit) {
        return visit.site().menu().stream()
                .filter(entry -> entry.place() == place)
                .filter(entry -> phase.isEmpty() || entry.phase().equals(phase))
                .filter(entry -> visit.may(entry.may()))
                .filter(entry ->
                        visit.maybeProject().isPresent() || !entry.path().contains("{project}"))
                .map(entry ->
                        new Shell.MenuLink(
                                visit.text(entry.titleKey()),
                                path(entry, visit),
                                lit.map(entry::equals).orElse(false)))
                .toList();
    }

    private static List<Shell.Choice> projects(Visit visit, Optional<Project> current) {
        if (!visit.caller().signedIn()) {
            return List.of();
        }
        return visit.site().gatekeeper().projects(visit.caller()).stream()
                .map(project ->
                        new Shell.Choice(
                                project.name(),
                                project.title(),
                                current.map(there -> there.name().equals(project.name()))
                                        .orElse(false)))
                .toList();
    }
}

package dev.rondo.web;

import dev.rondo.journal.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders the panels of a subject; one that throws leaves an error box and harms no other. */
final class Panels {

    private static final Logger LOG = LoggerFactory.getLogger(Panels.class);

    private Panels() {}

    static List<PanelView> render(Visit visit, Subject subject) {
        var views = new ArrayList<PanelView>();
        visit.site().panels().stream()
                .filter(panel -> panel.kind().equals(subject.kind()) && visit.may(panel.may()))
                .sorted(Comparator.comparingInt(Panel::weight))
                .forEach(panel -> render(visit, subject, panel, views));
        return views;
    }

    private static void render(Visit visit, Subject subject, Panel panel, List<PanelView> views) {
        var title = visit.text(panel.titleKey());
        try {
            var html = Html.string(panel.body().render(visit, subject));
            if (!html.isBlank()) {
                views.add(new PanelView(title, out -> out.writeContent(html), false));
            }
        } catch (Exception e) {
            var id = Failures.newId();
            LOG.error("panel {} of {} failed, id {}", panel.titleKey(), subject, id, e);
            views.add(
                    new PanelView(
                            title,
                            Html.of("p").text(visit.text("web.panel.failed", id)).close(),
                            true));
        }
    }
}

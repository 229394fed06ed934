package dev.rondo.releasing.view;

import dev.rondo.web.Paging;

/**
 * All releases of a project.
 *
 * @param whyNone why the last passed gate made no draft; empty when it did or there was none
 * @param mayDraft whether the button that looks again is offered
 */
public record ReleasesView(
        Paging.Slice<ReleaseLine> slice, String base, String whyNone, boolean mayDraft) {}

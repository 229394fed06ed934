package dev.rondo.web;

import gg.jte.Content;

/** A panel that was rendered, or the error box in its place ({@code failed}). */
public record PanelView(String title, Content content, boolean failed) {}

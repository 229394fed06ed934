package dev.rondo.coding.view;

import gg.jte.Content;
import java.util.List;

/** The form that makes a project. */
public record NewProjectView(List<Content> fields, String error) {}

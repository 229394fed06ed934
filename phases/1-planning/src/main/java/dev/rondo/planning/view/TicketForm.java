package dev.rondo.planning.view;

import dev.rondo.web.Field;
import java.util.List;

/** The form of a work item: where it is sent, and its fields with their errors. */
public record TicketForm(String title, String action, String back, List<Field> fields) {}

package dev.rondo.loop.view;

/**
 * Somebody in the project's chat, by id or name.
 *
 * @param account whom they act as, once that account has confirmed it
 */
public record ChatPerson(String person, String account, boolean confirmed) {}

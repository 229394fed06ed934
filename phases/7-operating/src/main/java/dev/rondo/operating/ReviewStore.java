package dev.rondo.operating;

import dev.rondo.operating.view.ReviewView;
import dev.rondo.store.Micros;
import dev.rondo.store.Tx;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of reviews. */
final class ReviewStore {

    private ReviewStore() {}

    static Optional<ReviewView> find(Handle sql, String project, long number) {
        return sql.createQuery(
                        "SELECT summary, impact, root_cause, went_well, to_improve, edited_by,"
                                + " edited_at, edition FROM operating_reviews"
                                + " WHERE project = ? AND number = ?")
                .bind(0, project)
                .bind(1, number)
                .map((row, ctx) ->
                        new ReviewView(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                Micros.toInstant(row.getLong(7)),
                                row.getLong(8)))
                .findFirst();
    }

    /**
     * @return false when somebody else has saved since this edition was read
     */
    static boolean save(Tx tx, String project, long number, ReviewView review) {
        return tx.sql()
                        .createUpdate(
                                "INSERT INTO operating_reviews (project, number, summary, impact,"
                                        + " root_cause, went_well, to_improve, edited_by,"
                                        + " edited_at, edition)"
                                        + " VALUES (:project, :number, :summary, :impact, :cause,"
                                        + " :well, :improve, :by, :at, 1)"
                                        + " ON CONFLICT (project, number) DO UPDATE SET"
                                        + " summary = excluded.summary, impact = excluded.impact,"
                                        + " root_cause = excluded.root_cause,"
                                        + " went_well = excluded.went_well,"
                                        + " to_improve = excluded.to_improve,"
                                        + " edited_by = excluded.edited_by,"
                                        + " edited_at = excluded.edited_at,"
                                        + " edition = operating_reviews.edition + 1"
                                        + " WHERE operating_reviews.edition = :edition")
                        .bind("project", project)
                        .bind("number", number)
                        .bind("summary", review.summary())
                        .bind("impact", review.impact())
                        .bind("cause", review.rootCause())
                        .bind("well", review.wentWell())
                        .bind("improve", review.toImprove())
                        .bind("by", review.editedBy())
                        .bind("at", Micros.of(review.editedAt()))
                        .bind("edition", review.edition())
                        .execute()
                == 1;
    }
}

package dev.rondo.deploying;

/**
 * A mistake in {@code .rondo/delivery.yml}: where it is, what stands there, what was expected.
 * Lines and columns count from 1; 0 when the file as a whole is meant.
 *
 * @param expected key of a text
 */
record DeliveryProblem(int line, int column, String expected, String found) {

    static final String FILE = ".rondo/delivery.yml";

    /** Carries a problem out of the reader. */
    static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient DeliveryProblem problem;

        Found(DeliveryProblem problem) {
            super(problem.toString(), null, false, false);
            this.problem = problem;
        }

        DeliveryProblem problem() {
            return problem;
        }
    }
}

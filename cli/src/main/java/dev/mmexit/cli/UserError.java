package dev.mmexit.cli;

/** What a user can put right, said in one sentence. Ends the program with status 2. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserError(String sentence) {
    super(sentence);
  }

  UserError(String sentence, Exception cause) {
    super(sentence, cause);
  }
}

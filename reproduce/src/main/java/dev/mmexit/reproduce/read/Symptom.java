package dev.mmexit.reproduce.read;

/** What a report says has happened. */
public enum Symptom {
  /** Tasks that do not go on: the hung-task watchdog, or a dump of blocked tasks. */
  BLOCKED(ReportKind.HUNG_TASK, "tasks are blocked"),

  CIRCULAR(ReportKind.LOCKDEP, "locks are taken in an order that goes round in a circle"),
  RECURSIVE(ReportKind.LOCKDEP, "a lock is taken by a task that holds one of its class"),
  HELD_LOCK_FREED(ReportKind.LOCKDEP, "a lock is freed while it is held"),
  UNLOCK_BALANCE(ReportKind.LOCKDEP, "a lock is released that is not held"),
  /** Also what follows from it: interrupt-safe against unsafe order. */
  INCONSISTENT(ReportKind.LOCKDEP, "a lock is taken both in interrupts and with them enabled"),
  SLEEPS_IN_ATOMIC(ReportKind.LOCKDEP, "a call that may sleep is made where that is not allowed"),

  USE_AFTER_FREE(ReportKind.KASAN, "a freed object is used"),
  DOUBLE_FREE(ReportKind.KASAN, "a freed object is freed again"),
  /** Out of bounds, wild, of the stack: what the model cannot show. */
  OTHER_ACCESS(ReportKind.KASAN, "memory is used that is no freed object"),

  DATA_RACE(ReportKind.KCSAN, "two tasks use a field at once"),

  RAISED_FROM_ZERO(ReportKind.REFCOUNT, "a counter is raised from zero"),
  DROPPED_BELOW_ZERO(ReportKind.REFCOUNT, "a counter is dropped below zero"),
  SATURATED(ReportKind.REFCOUNT, "a counter is saturated"),

  LIST_ADD(ReportKind.LIST, "an entry is added to a broken list"),
  LIST_DEL(ReportKind.LIST, "an entry is deleted from a broken list"),
  /** A bug in lib/list_debug.c whose first line is missing. */
  LIST_BROKEN(ReportKind.LIST, "a list is broken"),

  NULL_POINTER(ReportKind.OOPS, "a NULL pointer is followed"),
  LIST_POISON(ReportKind.OOPS, "a pointer is followed that list_del has poisoned"),
  SLAB_POISON(ReportKind.OOPS, "a pointer is followed that was read from freed memory"),
  WILD_POINTER(ReportKind.OOPS, "a pointer is followed that leads nowhere"),
  WARNING(ReportKind.OOPS, "a WARN_ON has fired"),
  BUG(ReportKind.OOPS, "a BUG_ON has fired");

  private final ReportKind kind;
  private final String sentence;

  Symptom(ReportKind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
  }

  /** Who reports it. */
  public ReportKind kind() {
    return kind;
  }

  /** What it is, in words. */
  public String sentence() {
    return sentence;
  }
}

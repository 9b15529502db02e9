package dev.mmexit.explorer.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which methods a class overrides, and objects that note which are called. */
class CallNoterTest {
  /** What is called. */
  public interface Counter {
    /** One more, by default. */
    default int step() {
      return 1;
    }
  }

  /** A class with all that matters about methods. */
  public static class Base implements Counter {
    /** What the constructor was given, and what its call gave. */
    protected final String text;

    /** Calls a method itself. */
    public Base(long number, String text) {
      this.text = text + early(number);
    }

    /** Called before a derived class has had its turn. */
    protected long early(long number) {
      return number + 1;
    }

    /** Two slots wide. */
    public double twice(double value, long times) {
      return 2 * value * times;
    }

    /** The same name, other parameters. */
    public double twice(double value) {
      return twice(value, 1);
    }

    /** What has been made of it. */
    public String text() {
      return text;
    }
  }

  /** What a variant does. */
  static class Derived extends Base {
    Derived() {
      super(0, "");
    }

    @Override
    public double twice(double value, long times) {
      return value;
    }

    @Override
    public int step() {
      return 2;
    }

    /** Of its own. */
    public int twice() {
      return 0;
    }
  }

  /** A change of a change. */
  static final class Further extends Derived {
    @Override
    protected long early(long number) {
      return 0;
    }
  }

  private static List<String> names(Class<?> changed) {
    return Overrides.of(Base.class, changed).keySet().stream().sorted().toList();
  }

  @Test
  void whatIsOverriddenIsFound() {
    assertThat(names(Base.class)).isEmpty();
    assertThat(names(Derived.class)).containsExactly("step[]", "twice[double, long]");
    assertThat(names(Further.class))
        .containsExactly("early[long]", "step[]", "twice[double, long]");
  }

  @Test
  void aClassThatIsNotDerivedCannotBeTold() {
    assertThat(Overrides.of(Base.class, String.class)).isNull();
  }

  @Test
  void callsAreNotedAndCarriedOut() {
    Map<String, java.lang.reflect.Method> methods = Overrides.of(Base.class, Further.class);
    List<String> names = List.copyOf(methods.keySet());
    CallNoter noter = new CallNoter(Base.class, List.copyOf(methods.values()), 0);
    boolean[] called = new boolean[3];

    Base base = (Base) noter.make(called, 41L, "t");

    assertThat(base.text()).isEqualTo("t42");
    assertThat(called[names.indexOf("early[long]")]).as("by the constructor").isTrue();
    assertThat(called[names.indexOf("twice[double, long]")]).isFalse();
    assertThat(base.twice(1.5)).isEqualTo(3);
    assertThat(called[names.indexOf("twice[double, long]")]).as("by another method").isTrue();
    assertThat(called[names.indexOf("step[]")]).isFalse();
    assertThat(base.step()).isEqualTo(1);
    assertThat(called[names.indexOf("step[]")]).isTrue();
  }

  @Test
  void anotherObjectHasFlagsOfItsOwn() {
    CallNoter noter =
        new CallNoter(Base.class, List.copyOf(Overrides.of(Base.class, Further.class).values()), 0);
    boolean[] first = new boolean[3];
    Base base = (Base) noter.make(first, 1L, "");
    boolean[] second = new boolean[3];
    noter.make(second, 1L, "");

    base.step();

    assertThat(first).isNotEqualTo(second);
  }
}

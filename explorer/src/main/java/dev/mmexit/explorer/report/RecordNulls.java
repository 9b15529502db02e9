package dev.mmexit.explorer.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Lets a component of a record be null, on reading, only where it is declared {@link Nullable}. */
final class RecordNulls extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    if (annotated instanceof AnnotatedParameter parameter
        && parameter.getDeclaringClass().isRecord()) {
      RecordComponent component =
          parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      return JsonSetter.Value.construct(nullable ? Nulls.SET : Nulls.FAIL, Nulls.FAIL);
    }
    return super.findSetterInfo(annotated);
  }
}

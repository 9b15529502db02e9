package dev.mmexit.reproduce.match;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.stmt.ExplicitConstructorInvocationStmt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The lists of what the model has, taken from its source. With {@code -Dmmexit.golden.update=true}
 * they are written anew.
 */
class ModelListsTest {
  private static final Path SOURCES = Path.of("../core/src/main/java/dev/mmexit");
  private static final Path LISTS = Path.of("src/main/resources/dev/mmexit/reproduce/match");
  private static final Set<String> FRAMES = Set.of("call", "run", "get");
  private static final Map<String, String> PRIMITIVES =
      Map.of(
          "mutex", "mutex",
          "spinLock", "spinlock",
          "rwSemaphore", "rwsem",
          "waitQueue", "event",
          "Srcu", "srcu",
          "Workqueue", "work");

  /** From the lowest layer to the highest: where a function is in two, it is of the lower one. */
  private static final List<String> LAYERS = List.of("kernel", "mm", "iommu", "vfio", "variant");

  private static final Map<String, List<CompilationUnit>> PARSED = new TreeMap<>();
  private static final Map<String, ClassOrInterfaceDeclaration> TYPES = new TreeMap<>();

  @BeforeAll
  static void readJava17() {
    StaticJavaParser.setConfiguration(
        new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17));
    for (String layer : LAYERS) {
      for (CompilationUnit file : sources(layer)) {
        file.findAll(ClassOrInterfaceDeclaration.class)
            .forEach(type -> TYPES.put(type.getNameAsString(), type));
      }
    }
  }

  @Test
  void everyFunctionThatOpensAFrameIsListed() throws IOException {
    TreeMap<String, String> functions = new TreeMap<>();
    for (String layer : LAYERS) {
      for (CompilationUnit file : sources(layer)) {
        for (MethodCallExpr call : file.findAll(MethodCallExpr.class)) {
          boolean opens =
              FRAMES.contains(call.getNameAsString())
                  && call.getArguments().size() == 2
                  && call.getArgument(0).isStringLiteralExpr();
          if (opens) {
            functions.putIfAbsent(call.getArgument(0).asStringLiteralExpr().asString(), layer);
          }
        }
      }
    }
    assertThat(functions).containsKeys("vfio_iommu_mm_exit", "do_exit", "io_mm_detach_locked");
    check("functions.txt", functions);
  }

  @Test
  void everyLockAndEventIsListed() throws IOException {
    TreeMap<String, String> locks = new TreeMap<>();
    for (String layer : LAYERS) {
      for (CompilationUnit file : sources(layer)) {
        for (ClassOrInterfaceDeclaration type : file.findAll(ClassOrInterfaceDeclaration.class)) {
          for (FieldDeclaration field : type.getFields()) {
            field.getVariable(0).getInitializer().ifPresent(made -> lock(type, made, locks));
          }
        }
      }
    }
    assertThat(locks).containsKeys("iommu->lock", "iommu_sva_lock", "mmu_notifier srcu");
    check("locks.txt", locks);
  }

  private static void lock(
      ClassOrInterfaceDeclaration type, Expression made, Map<String, String> locks) {
    if (made instanceof MethodCallExpr call
        && PRIMITIVES.containsKey(call.getNameAsString())
        && call.getArguments().size() == 1) {
      String label = call.getArgument(0).asStringLiteralExpr().asString();
      locks.put(variable(type).map(of -> of + "->").orElse("") + label, of(call.getNameAsString()));
    } else if (made instanceof ObjectCreationExpr create
        && PRIMITIVES.containsKey(create.getType().getNameAsString())) {
      locks.put(
          create.getArgument(1).asStringLiteralExpr().asString(),
          of(create.getType().getNameAsString()));
    }
  }

  private static String of(String primitive) {
    return PRIMITIVES.getOrDefault(primitive, "");
  }

  /** What C code calls a pointer to a struct; empty where it stands for static variables. */
  private static Optional<String> variable(ClassOrInterfaceDeclaration type) {
    ClassOrInterfaceDeclaration at = type;
    while (at != null) {
      Optional<String> variable =
          at.findAll(ExplicitConstructorInvocationStmt.class).stream()
              .filter(call -> !call.isThis() && call.getArguments().size() > 2)
              .filter(call -> call.getArgument(2).isStringLiteralExpr())
              .map(call -> call.getArgument(2).asStringLiteralExpr().asString())
              .filter(name -> !name.isEmpty())
              .findFirst();
      if (variable.isPresent()) {
        return variable;
      }
      at =
          at.getExtendedTypes().isEmpty()
              ? null
              : TYPES.get(at.getExtendedTypes(0).getNameAsString());
    }
    return Optional.empty();
  }

  private static List<CompilationUnit> sources(String layer) {
    return PARSED.computeIfAbsent(layer, ModelListsTest::parsed);
  }

  private static List<CompilationUnit> parsed(String layer) {
    try (Stream<Path> files = Files.walk(SOURCES.resolve(layer))) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      java.forEach(file -> assertThat(file).isReadable());
      return java.stream().map(ModelListsTest::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompilationUnit parse(Path file) {
    try {
      return StaticJavaParser.parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String name, Map<String, String> entries) throws IOException {
    String text =
        entries.entrySet().stream()
            .map(entry -> entry.getKey() + "\t" + entry.getValue() + "\n")
            .collect(Collectors.joining());
    Path file = LISTS.resolve(name);
    if (Boolean.getBoolean("mmexit.golden.update")) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
  }
}

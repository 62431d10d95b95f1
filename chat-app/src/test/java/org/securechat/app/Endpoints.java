package org.securechat.app;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the resources of the server answer, such as {@code GET /api/files/{id}}. */
final class Endpoints {
  private Endpoints() {}

  /** Those of all resources in these packages. */
  static Set<String> in(String... packages) {
    Set<String> endpoints = new TreeSet<>();
    for (JavaClass resource : new ClassFileImporter().importPackages(packages)) {
      if (resource.isAnnotatedWith(Path.class)) {
        resource.getMethods().forEach(method -> endpoints.addAll(of(resource, method)));
      }
    }
    return endpoints;
  }

  private static List<String> of(JavaClass resource, JavaMethod method) {
    String end =
        method.isAnnotatedWith(Path.class) ? method.getAnnotationOfType(Path.class).value() : "";
    String path =
        ("/" + resource.getAnnotationOfType(Path.class).value() + "/" + end)
            .replaceAll("/+", "/")
            .replaceAll(end.endsWith("/") ? "$^" : "(.)/$", "$1");
    return Arrays.stream(method.reflect().getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(found -> found != null)
        .map(found -> found.value() + " " + path)
        .toList();
  }
}

package org.securechat.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks one adapter module: each class that implements a port is run through its contract. */
public interface AdapterModuleContract {

  /** The root package of the module, such as {@code org.securechat.persistence}. */
  String adapterPackage();

  @Test
  default void everyAdapterRunsTheContractOfItsPort() {
    JavaClasses module = new ClassFileImporter().importPackages(adapterPackage());
    List<String> untested =
        module.stream()
            .flatMap(adapter ->
                adapter.getRawInterfaces().stream()
                    .filter(port -> port.getPackageName().startsWith("org.securechat.domain."))
                    .filter(port -> module.stream().noneMatch(test -> runs(test, port)))
                    .map(port ->
                        adapter.getSimpleName()
                            + " lacks a test of "
                            + port.getSimpleName()
                            + "Contract"))
            .toList();
    assertEquals(List.of(), untested);
  }

  private static boolean runs(JavaClass test, JavaClass port) {
    String contract = port.getSimpleName() + "Contract";
    return !test.isInterface()
        && test.getAllRawInterfaces().stream()
            .anyMatch(each -> each.getSimpleName().equals(contract));
  }
}

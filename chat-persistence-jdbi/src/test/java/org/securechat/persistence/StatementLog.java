package org.securechat.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/** Connections that write down which prepared statements are prepared and executed. */
final class StatementLog {
  private final List<String> prepared = new CopyOnWriteArrayList<>();
  private final List<String> executed = new CopyOnWriteArrayList<>();

  DataSource watch(DataSource connections) {
    return wrap(DataSource.class, connections);
  }

  /** What was executed since the last time. */
  List<String> takeExecuted() {
    List<String> taken = List.copyOf(executed);
    executed.clear();
    return taken;
  }

  long countPrepared(String part) {
    return prepared.stream().filter(sql -> sql.contains(part)).count();
  }

  private <T> T wrap(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (result instanceof PreparedStatement statement) {
                  String sql = arguments[0].toString();
                  prepared.add(sql);
                  return statement(sql, statement);
                }
                return method.getName().equals("getConnection") && result instanceof Connection
                    ? wrap(Connection.class, result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private PreparedStatement statement(String sql, PreparedStatement real) {
    return PreparedStatement.class.cast(
        Proxy.newProxyInstance(
            PreparedStatement.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (self, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                executed.add(sql);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}

package org.securechat.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Real connections that tell what they are told, and fail where a test wants it. */
final class WatchedConnections {
  /** Written on a watched connection's calls; throws to make one fail. */
  interface Watch {
    void before(String call) throws SQLException;
  }

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Watch watch;
  private final DataSource dataSource;

  WatchedConnections(DataSource real, Watch watch) {
    this.watch = watch;
    this.dataSource = watched(DataSource.class, real);
  }

  DataSource dataSource() {
    return dataSource;
  }

  /** How often it happened: a method's name, or the SQL of a plain statement. */
  long count(String call) {
    return calls.stream().filter(call::equals).count();
  }

  private <T> T watched(Class<T> type, Object real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              String call = nameOf(method.getName(), arguments);
              calls.add(call);
              watch.before(type.getSimpleName() + " " + call);
              try {
                return watchedResult(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static String nameOf(String method, Object @Nullable [] arguments) {
    return method.equals("execute") && arguments != null ? arguments[0].toString() : method;
  }

  private @Nullable Object watchedResult(String method, @Nullable Object result) {
    if (result instanceof Connection && method.equals("getConnection")) {
      return watched(Connection.class, result);
    }
    return result instanceof Statement && method.equals("createStatement")
        ? watched(Statement.class, result)
        : result;
  }
}

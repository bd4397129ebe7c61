package dev.millrace.connectors.jdbc;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Options;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database as a table's options name it. Immutable; equal by URL and user. */
final class Database {
  /** Host, port and database, behind a user with a password and before the driver's settings. */
  private static final Pattern PLACE = Pattern.compile("jdbc:\\w+:(?://)?(?:[^?;]*@)?([^?;]*).*");

  private static final Pattern LOGIN = Pattern.compile("//[^:?;]*:([^?;]+)@");
  private static final Pattern SETTING =
      Pattern.compile("(?i)(?:password|secret|key)\\w*=([^&;)]+)");

  private static final String MASK = "***";

  private final String url;
  private final String username;
  private final String password;
  private final String driverClass;
  private final Dialect dialect;
  private final ZoneId zone;

  private Database(
      String url,
      String username,
      String password,
      String driverClass,
      Dialect dialect,
      ZoneId zone) {
    this.url = url;
    this.username = username;
    this.password = password;
    this.driverClass = driverClass;
    this.dialect = dialect;
    this.zone = zone;
  }

  /** {@code zone} is the script's, in which points in time are cast to wall-clock times. */
  static Database of(Options options, ZoneId zone) {
    String url = options.require(JdbcOptions.URL);
    if (options.has(JdbcOptions.USERNAME) != options.has(JdbcOptions.PASSWORD)) {
      throw MillraceException.usage(
          "Give %s both of the options 'username' and 'password', or neither."
              .formatted(options.owner()));
    }
    Dialect dialect =
        Dialect.of(url)
            .orElseThrow(
                () ->
                    new UnsupportedException(
                        "the database of option 'url' of %s, which begins with '%s' (known:"
                                .formatted(options.owner(), kind(url))
                            + " jdbc:postgresql:, jdbc:mysql:, jdbc:mariadb:)"));
    return new Database(
        url,
        options.get(JdbcOptions.USERNAME),
        options.get(JdbcOptions.PASSWORD),
        options.get(JdbcOptions.DRIVER),
        dialect,
        zone);
  }

  /** The part of a URL that surely holds no secret. */
  private static String kind(String url) {
    Matcher kind = Pattern.compile("(?:jdbc:)?\\w*:?").matcher(url);
    return kind.lookingAt() ? kind.group() : "";
  }

  Dialect dialect() {
    return dialect;
  }

  String username() {
    return username;
  }

  /** For messages, for example {@code PostgreSQL at localhost:5432/orders}. */
  String name() {
    Matcher place = PLACE.matcher(url);
    return place.matches()
        ? dialect.name() + " at " + withoutSecretsOfUrl(place.group(1))
        : dialect.name();
  }

  /** The text without what must not be read in it. */
  String withoutSecrets(String text) {
    String clean = withoutSecretsOfUrl(text.replace(url, name()));
    return password == null || password.isEmpty() ? clean : clean.replace(password, MASK);
  }

  private String withoutSecretsOfUrl(String text) {
    String clean = text;
    for (Pattern pattern : List.of(LOGIN, SETTING)) {
      Matcher secret = pattern.matcher(url);
      while (secret.find()) {
        clean = clean.replace(secret.group(1), MASK);
      }
    }
    return clean;
  }

  /** A new session that commits when it is told to. */
  Connection connect() throws SQLException {
    Connection connection = driver().connect(url, properties());
    if (connection == null) {
      throw noDriver(null);
    }
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try (Statement statement = connection.createStatement()) {
        for (String sql : dialect.sessionSetup(zone)) {
          statement.execute(sql);
        }
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      Sessions.close(connection);
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    dialect
        .driverDefaults()
        .forEach(
            (name, value) -> {
              if (!url.contains(name + "=")) {
                properties.setProperty(name, value);
              }
            });
    if (username != null) {
      properties.setProperty("user", username);
      properties.setProperty("password", password);
    }
    return properties;
  }

  private Driver driver() throws SQLException {
    if (driverClass != null) {
      return named();
    }
    for (Driver driver : ServiceLoader.load(Driver.class, loader())) {
      if (driver.acceptsURL(url)) {
        return driver;
      }
    }
    throw noDriver(null);
  }

  private Driver named() {
    try {
      return Class.forName(driverClass, true, loader())
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw noDriver(e);
    }
  }

  private static ClassLoader loader() {
    return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
        .orElse(Database.class.getClassLoader());
  }

  private MillraceException noDriver(Throwable cause) {
    String wanted = driverClass == null ? "" : " '" + driverClass + "'";
    return MillraceException.usage(
        ("There is no JDBC driver%s on the class path that takes the URL of %s. Put its jar (%s of Maven"
                + " Central) into Millrace's folder 'lib', or among the dependencies of your program.")
            .formatted(wanted, name(), dialect.driverArtifact()),
        cause);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Database that
        && url.equals(that.url)
        && Objects.equals(username, that.username);
  }

  @Override
  public int hashCode() {
    return Objects.hash(url, username);
  }

  @Override
  public String toString() {
    return name();
  }
}

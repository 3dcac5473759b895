/**
 * Starts the runnable jar. {@code Launcher} checks the Java version before any other class is
 * loaded, so it is compiled for Java 8, from {@code src/main/java8}, and knows the command line by
 * name only.
 */
package lanewise;

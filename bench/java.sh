# Sets java to a JDK 25 or newer: LANEWISE_JAVA, JAVA_HOME, the one on the path, else Maven's choice.
new_enough() {
  [[ -n "$1" ]] && "$1" --version 2>/dev/null | head -n 1 | grep -qE '^[a-z]+ (2[5-9]|[3-9][0-9])'
}
java=
for candidate in "${LANEWISE_JAVA:-}" "${JAVA_HOME:-}/bin/java" java; do
  if new_enough "$candidate"; then
    java=$candidate
    break
  fi
done
if [[ -z $java ]]; then
  java=$(mvn -q compile exec:exec -Dlanewise.jvm=-XshowSettings:properties \
    -Dlanewise.args=--version 2>&1 | sed -n 's/^ *java.home = //p' | head -n 1)/bin/java
fi
if ! new_enough "$java"; then
  echo "no JDK 25 found: set JAVA_HOME" >&2
  exit 1
fi

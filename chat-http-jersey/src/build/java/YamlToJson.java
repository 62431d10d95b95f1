import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/** Run by the build: makes the JSON that the server gives of the YAML that people write. */
final class YamlToJson {
  private YamlToJson() {}

  public static void main(String[] arguments) throws IOException {
    File json = new File(arguments[1]);
    Files.createDirectories(json.getParentFile().toPath());
    new ObjectMapper().writeValue(json, new YAMLMapper().readTree(new File(arguments[0])));
  }
}

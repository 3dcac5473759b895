package lanewise.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lanewise.io.LittleEndian;
import lanewise.io.Text;
import lanewise.model.Model;
import lanewise.nn.Mlp;
import lanewise.run.EpochResult;
import lanewise.run.ReferenceRun;

/**
 * The data of a page as JSON that is safe inside a script element: nothing in it, not even a file
 * name, is parsed as HTML.
 */
final class PageData {
  /**
   * Larger networks are left out of the page: 300,000 floats take 1.6 MB there and the pictures 0.6
   * MB, and many mail and review systems refuse pages larger than 2.5 MB. Fewer bits per weight
   * would give other probabilities than the engine.
   */
  static final int MAX_PARAMETERS = 300_000;

  /** Number of values of a drawing. */
  private static final int DRAWING = 28 * 28;

  private PageData() {}

  static String json(PageContents contents, String title) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = PageJson.FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("title", title);
      json.writeStringField("source", contents.source());
      json.writeFieldName("summary");
      contents.summary().write(json);
      json.writeArrayFieldStart("labels");
      for (String label : contents.labels()) {
        json.writeString(label);
      }
      json.writeEndArray();
      if (!contents.command().isEmpty()) {
        json.writeStringField("command", contents.command());
      }
      writeHistory(json, contents.history());
      if (contents.rates() != null) {
        json.writeFieldName("learningRates");
        contents.rates().write(json);
      }
      if (contents.summary().has("reference")) {
        writeReference(json);
      }
      if (contents.mistakes() != null) {
        json.writeFieldName("mistakes");
        contents.mistakes().write(json);
      }
      writeNetwork(json, contents.model(), contents.initial());
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Writes numbers for a chart, which needs no more than the digits of floats. */
  static void writeRounded(JsonGenerator json, String name, double[] values) throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      json.writeNumber((float) value);
    }
    json.writeEndArray();
  }

  private static void writeHistory(JsonGenerator json, List<EpochResult> history)
      throws IOException {
    json.writeArrayFieldStart("history");
    for (EpochResult epoch : history) {
      json.writeStartObject();
      json.writeNumberField("epoch", epoch.epoch());
      json.writeNumberField("loss", epoch.loss());
      json.writeNumberField("score", epoch.score());
      json.writeNumberField("seconds", epoch.seconds());
      OptionalDouble test = epoch.testScore();
      if (test.isPresent()) {
        json.writeNumberField("testScore", test.getAsDouble());
      }
      if (epoch.validation().isPresent()) {
        json.writeNumberField("validationLoss", epoch.validation().get().loss());
        json.writeNumberField("validationScore", epoch.validation().get().score());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeReference(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("reference");
    for (ReferenceRun.Epoch epoch : ReferenceRun.epochs()) {
      json.writeStartObject();
      json.writeNumberField("epoch", epoch.epoch());
      json.writeNumberField("loss", epoch.loss());
      json.writeNumberField("score", epoch.accuracy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** All weights, or why they are left out, and those of the first layer as pictures. */
  private static void writeNetwork(JsonGenerator json, Model model, Mlp initial)
      throws IOException {
    json.writeObjectFieldStart("network");
    if (model == null) {
      json.writeStringField("absent", "The trained network is not in the directory of the run");
      json.writeEndObject();
      return;
    }
    Mlp net = model.net();
    json.writeArrayFieldStart("sizes");
    for (int layer = 0; layer <= net.layers(); layer++) {
      json.writeNumber(net.width(layer));
    }
    json.writeEndArray();
    if (model.info().encoding().isPresent()) {
      json.writeStringField("absent", "The network's inputs are no picture");
      json.writeEndObject();
      return;
    }
    if (net.inputs() != DRAWING) {
      json.writeStringField(
          "absent",
          "The network expects rows of %s, but a drawing has 28 x 28"
              .formatted(Text.count(net.inputs(), "value")));
    } else if (net.parameters().length > MAX_PARAMETERS) {
      json.writeStringField(
          "absent",
          "%,d parameters would make this page larger than 2.5 MB (%,d fit)"
              .formatted(net.parameters().length, MAX_PARAMETERS));
    } else {
      json.writeNumberField("divisor", model.info().inputDivisor());
      json.writeBinaryField("parameters", LittleEndian.bytes(net.parameters()));
    }
    writeFirstLayer(json, "firstLayer", FirstLayer.of(net));
    if (initial != null) {
      writeFirstLayer(json, "change", FirstLayer.of(difference(net, initial)));
    }
    json.writeEndObject();
  }

  /** Writes pictures, unless there are none or, as before the first step, they are empty. */
  private static void writeFirstLayer(JsonGenerator json, String name, FirstLayer layer)
      throws IOException {
    if (layer != null && layer.largest() > 0) {
      json.writeFieldName(name);
      layer.write(json);
    }
  }

  private static Mlp difference(Mlp net, Mlp initial) {
    float[] parameters = net.parameters().clone();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] -= initial.parameters()[i];
    }
    return Mlp.of(parameters, IntStream.rangeClosed(0, net.layers()).map(net::width).toArray());
  }
}

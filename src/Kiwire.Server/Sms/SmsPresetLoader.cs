using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Sms;

/// <summary>Reads the presets: those that come with the server, then the operator's own, which add to them or take their places.</summary>
internal static partial class SmsPresetLoader
{
    private const string SchemaName = "schema.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Where the files that come with the server are.</summary>
    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "dictionaries", "sms-presets");

    /// <summary>Reads both folders.</summary>
    /// <param name="builtIn">The folder of those that come with the server.</param>
    /// <param name="own">The operator's folder; it need not be there.</param>
    /// <exception cref="StartUpException">A file has faults, or cannot be read; the message has all of them.</exception>
    public static SmsPresetCatalog Load(string builtIn, string own)
    {
        List<string> faults = [];
        Dictionary<string, SmsPreset> presets = new(StringComparer.OrdinalIgnoreCase);
        ReadFolder(builtIn, presets, faults);
        ReadFolder(own, presets, faults);
        return faults.Count == 0
            ? new SmsPresetCatalog([.. presets.Values])
            : throw new StartUpException($"The SMS presets cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static void ReadFolder(string folder, Dictionary<string, SmsPreset> presets, List<string> faults)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        Dictionary<string, string> fileOf = new(StringComparer.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) == SchemaName || ReadFile(file, faults) is not { } preset)
            {
                continue;
            }

            if (!fileOf.TryAdd(preset.Name, file))
            {
                faults.Add($"{file}: \"{preset.Name}\" is the name of the preset in {fileOf[preset.Name]} too; each must have its own.");
            }

            presets[preset.Name] = preset;
        }
    }

    private static SmsPreset? ReadFile(string file, List<string> faults)
    {
        try
        {
            PresetFile read = JsonSerializer.Deserialize<PresetFile>(File.ReadAllText(file), Json) ?? throw new JsonException("It is null; it must be an object.");
            SmsPreset preset = read.ToPreset();
            List<string> found = FindFaults(preset);
            faults.AddRange(found.Select(fault => $"{file}: {fault}"));
            return found.Count == 0 ? preset : null;
        }
        catch (JsonException e)
        {
            faults.Add($"{file}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: cannot be read: {e.Message}");
        }

        return null;
    }

    private static List<string> FindFaults(SmsPreset preset)
    {
        List<string> faults = [];
        if (!PresetName().IsMatch(preset.Name))
        {
            faults.Add($"name is \"{preset.Name}\"; it must have 1 to 63 of a-z, 0-9 and -, and not begin with -.");
        }

        foreach (SmsPresetField field in preset.Fields)
        {
            if (!FieldName().IsMatch(field.Name) || field.Name is ValueText.Phone or ValueText.Message)
            {
                faults.Add($"fields has the name \"{field.Name}\"; it must begin with a letter, have letters and digits only, and be neither phone nor message.");
            }
        }

        faults.AddRange(preset.Fields.GroupBy(field => field.Name).Where(group => group.Count() > 1).Select(group => $"fields has \"{group.Key}\" twice."));
        faults.AddRange(GenericShapeFaults.Find(preset.Shape, [.. preset.Fields.Select(field => field.Name)], allowHttp: false).Select(fault => fault.Message));
        return faults;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex PresetName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();

    /// <summary>A file as <c>schema.json</c> has it.</summary>
    private sealed record PresetFile
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        public required string Name { get; init; }

        public required string Title { get; init; }

        public string Description { get; init; } = "";

        public IReadOnlyList<SmsPresetField> Fields { get; init; } = [];

        public required RequestPart Request { get; init; }

        public SuccessRule Success { get; init; } = new();

        public SmsPreset ToPreset() => new()
        {
            Name = Name,
            Title = Title,
            Description = Description,
            Fields = Fields,
            Shape = new GenericShape
            {
                IsPost = Request.Method == RequestMethod.Post,
                Uri = Request.Uri,
                PhoneFormat = Request.PhoneFormat,
                Encoding = Request.Encoding,
                Headers = Request.Headers,
                Parameters = Request.Parameters,
                UnicodeParameters = Request.UnicodeParameters,
                UnicodeHex = Request.UnicodeHex,
                BasicUser = Request.Basic?.User ?? "",
                BasicPassword = Request.Basic?.Password ?? "",
                Success = Success,
            },
        };
    }

    private sealed record RequestPart
    {
        public required RequestMethod Method { get; init; }

        public required string Uri { get; init; }

        public BodyEncoding Encoding { get; init; }

        public PhoneFormat PhoneFormat { get; init; }

        public IReadOnlyList<NamedValue> Headers { get; init; } = [];

        public IReadOnlyList<NamedValue> Parameters { get; init; } = [];

        public IReadOnlyList<NamedValue> UnicodeParameters { get; init; } = [];

        public bool UnicodeHex { get; init; }

        public BasicPart? Basic { get; init; }
    }

    private sealed record BasicPart(string User, string Password);

    private enum RequestMethod
    {
        Get,
        Post,
    }
}

using Kiwire.Radius.Dictionaries;

namespace Kiwire.Server.Network;

/// <summary>Reads the NAS types: those that come with the server, then the operator's own, which add to them or take their places.</summary>
internal static class NasTypeLoader
{
    private const string SchemaName = "schema.json";

    /// <summary>Where the files that come with the server are.</summary>
    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "dictionaries", "nas-types");

    /// <summary>Reads both folders.</summary>
    /// <param name="builtIn">The folder of those that come with the server.</param>
    /// <param name="own">The operator's folder; it need not be there.</param>
    /// <param name="dictionary">What attributes there are.</param>
    /// <exception cref="StartUpException">A file has faults, or cannot be read; the message has all of them.</exception>
    public static NasTypeCatalog Load(string builtIn, string own, RadiusDictionary dictionary)
    {
        List<string> faults = [];
        OrderedDictionary<string, NasType> types = new(StringComparer.OrdinalIgnoreCase);
        ReadFolder(builtIn, dictionary, types, faults);
        if (!types.ContainsKey(NasTypeCatalog.GenericName) && faults.Count == 0)
        {
            faults.Add($"{builtIn} has no type {NasTypeCatalog.GenericName}; the folder must hold the files that come with the server.");
        }

        ReadFolder(own, dictionary, types, faults);
        return faults.Count == 0
            ? new NasTypeCatalog([.. types.Values])
            : throw new StartUpException($"The NAS types cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static void ReadFolder(string folder, RadiusDictionary dictionary, OrderedDictionary<string, NasType> types, List<string> faults)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // Within one folder a name is one file's; over those of the folder before it wins.
        Dictionary<string, string> fileOf = new(StringComparer.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) == SchemaName || ReadFile(file, dictionary, faults) is not { } type)
            {
                continue;
            }

            foreach (string name in (IEnumerable<string>)[type.Name, .. type.Aliases])
            {
                if (!fileOf.TryAdd(name, file))
                {
                    faults.Add($"{file}: \"{name}\" is a name of the type in {fileOf[name]} too; each must be one type's.");
                }
            }

            // Last in, so that its aliases win over those of the others.
            _ = types.Remove(type.Name);
            types.Add(type.Name, type);
        }
    }

    private static NasType? ReadFile(string file, RadiusDictionary dictionary, List<string> faults)
    {
        try
        {
            return NasTypeFile.Read(file, File.ReadAllText(file), dictionary, faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: cannot be read: {e.Message}");
            return null;
        }
    }
}

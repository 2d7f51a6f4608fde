using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>
/// Reads the poll sets: those that come with the server, then the operator's own, which add to them or take their places. MIB files that lie
/// beside the operator's own let poll sets name objects instead of numbering them.
/// </summary>
internal static class PollSetLoader
{
    /// <summary>The folder's name in the data directory.</summary>
    public const string FolderName = "mibs";

    private const string SchemaName = "schema.json";

    /// <summary>A file of poll sets is some KiB.</summary>
    private const long LongestFile = 1 << 20;

    /// <summary>How many mistakes in MIB files are told with a fault.</summary>
    private const int MostMistakes = 20;

    /// <summary>Where the files that come with the server are.</summary>
    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "dictionaries", FolderName);

    /// <summary>Reads both folders.</summary>
    /// <param name="builtIn">The folder of those that come with the server.</param>
    /// <param name="own">The operator's folder; it need not be there.</param>
    /// <exception cref="StartUpException">A file has faults, or cannot be read; the message has all of them.</exception>
    public static PollSetCatalog Load(string builtIn, string own)
    {
        List<string> faults = [];
        Dictionary<string, PollSet> sets = new(StringComparer.OrdinalIgnoreCase);
        MibReader mibs = new();
        mibs.AddFolder(own);
        Lazy<MibRepository> names = new(mibs.Build);
        ReadFolder(builtIn, names, sets, faults);
        if (sets.Count == 0 && faults.Count == 0)
        {
            faults.Add($"{builtIn} has no poll set; the folder must hold the files that come with the server.");
        }

        ReadFolder(own, names, sets, faults);
        if (faults.Count == 0)
        {
            return new PollSetCatalog([.. sets.Values]) { MibErrors = mibs.Errors };
        }

        // A name that is not there may be one of those that the mistakes have cost.
        faults.AddRange(mibs.Errors.Take(MostMistakes).Select(mistake => mistake.ToString()));
        throw new StartUpException($"The poll sets cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static void ReadFolder(string folder, Lazy<MibRepository> names, Dictionary<string, PollSet> sets, List<string> faults)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        // Within one folder a name is one file's; over those of the folder before it wins.
        Dictionary<string, string> fileOf = new(StringComparer.OrdinalIgnoreCase);
        foreach (string file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file) == SchemaName || ReadFile(file, names, faults) is not { } set)
            {
                continue;
            }

            if (!fileOf.TryAdd(set.Name, file))
            {
                faults.Add($"{file}: \"{set.Name}\" is the name of the poll set in {fileOf[set.Name]} too; each must have its own.");
            }

            sets[set.Name] = set;
        }
    }

    private static PollSet? ReadFile(string file, Lazy<MibRepository> names, List<string> faults)
    {
        try
        {
            if (new FileInfo(file).Length > LongestFile)
            {
                faults.Add($"{file}: has more than {LongestFile} octets, which is the most.");
                return null;
            }

            return PollSetFile.Read(file, File.ReadAllText(file), names, faults);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: cannot be read: {e.Message}");
            return null;
        }
    }
}

using Kiwire.Snmp.Mibs;

namespace Kiwire.Snmp;

/// <summary>
/// Reads MIB modules (SMIv2 and SMIv1) and puts them together. The modules of the RFCs that others are built on are there already; a file
/// that has one of them takes its place. Mistakes are collected with file and line, and what they do not touch can be used all the same.
/// </summary>
public sealed class MibReader
{
    /// <summary>How large a file may be: the largest that vendors publish have a few MiB.</summary>
    public const int LongestFile = 16 << 20;

    /// <summary>How much may be read in all.</summary>
    public const long MostOctets = 512L << 20;

    /// <summary>How many files are read of a folder.</summary>
    public const int MostFiles = 10_000;

    private static readonly Lazy<IReadOnlyList<ParsedModule>> Base = new(BaseModules.Read);

    private readonly Dictionary<string, ParsedModule> _modules = new(StringComparer.Ordinal);
    private readonly List<MibError> _errors = [];
    private long _octets;

    /// <summary>What was wrong in what was read so far.</summary>
    public IReadOnlyList<MibError> Errors => _errors;

    /// <summary>Reads the modules in a text.</summary>
    /// <param name="file">What errors call it.</param>
    /// <param name="text">The modules.</param>
    public void Add(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        _octets += text.Length;
        if (text.Length > LongestFile || _octets > MostOctets)
        {
            _errors.Add(new MibError(file, 0, FormattableString.Invariant($"is too large; a file may have {LongestFile} characters, and all together {MostOctets}.")));
            return;
        }

        foreach (ParsedModule module in MibParser.Parse(file, text, _errors))
        {
            if (!_modules.TryAdd(module.Name, module))
            {
                _errors.Add(new MibError(file, module.Line, $"has the module {module.Name}, which {_modules[module.Name].File} has too; one of them must go."));
            }
        }
    }

    /// <summary>Reads the modules in a file. What cannot be read is an error like others.</summary>
    public void AddFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                _errors.Add(new MibError(path, 0, FormattableString.Invariant($"is too large; a file may have {LongestFile} octets.")));
                return;
            }

            Add(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _errors.Add(new MibError(path, 0, $"cannot be read: {e.Message}"));
        }
    }

    /// <summary>Reads the MIB files of a folder: *.mib, *.txt, *.my, and those without an ending, by name; a folder that is not there has none.</summary>
    public void AddFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] files = [.. Directory.EnumerateFiles(folder).Where(IsMibFile).Order(StringComparer.Ordinal).Take(MostFiles + 1)];
        if (files.Length > MostFiles)
        {
            _errors.Add(new MibError(folder, 0, FormattableString.Invariant($"has more than {MostFiles} MIB files; none of them is read.")));
            return;
        }

        foreach (string file in files)
        {
            AddFile(file);
        }
    }

    /// <summary>
    /// Looks up what the modules name in each other, once all are added, and gives every name its object identifier. What cannot be looked up is left out, with
    /// an error for each import of a module that is missing, each name that is nowhere, each circle.
    /// </summary>
    public MibRepository Build()
    {
        Dictionary<string, ParsedModule> all = new(_modules, StringComparer.Ordinal);
        foreach (ParsedModule module in Base.Value)
        {
            all.TryAdd(module.Name, module);
        }

        return new MibResolver(all, _errors).Resolve();
    }

    private static bool IsMibFile(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".MIB" or ".TXT" or ".MY" or "" && !Path.GetFileName(path).StartsWith('.');
}

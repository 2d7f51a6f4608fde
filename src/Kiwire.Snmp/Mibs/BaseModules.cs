using System.Reflection;

namespace Kiwire.Snmp.Mibs;

/// <summary>The modules that come with this library: names, types and identifiers of the RFCs' base modules, as SMI without descriptions.</summary>
internal static class BaseModules
{
    private const string Prefix = "mibs/";

    public static IReadOnlyList<ParsedModule> Read()
    {
        Assembly assembly = typeof(BaseModules).Assembly;
        List<ParsedModule> modules = [];
        List<MibError> errors = [];
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            modules.AddRange(MibParser.Parse(name, reader.ReadToEnd(), errors));
        }

        return errors.Count == 0 ? modules : throw new InvalidOperationException(errors[0].ToString());
    }
}

using System.Text;

namespace Kiwire.Server.Storage;

/// <summary>
/// The directory this server keeps its files in, locked for as long as it runs, so that two servers never share a journal.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string LockName = "lock";
    private const string ServerIdName = "server-id";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held, string serverId)
    {
        Path = path;
        _lock = held;
        ServerId = serverId;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Names the server that lives here; made once.</summary>
    public string ServerId { get; }

    /// <summary>Makes the directory where it is missing and locks it.</summary>
    /// <exception cref="StartUpException">Another server has it, or it cannot be used.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        FileStream? held = null;
        try
        {
            Create(full);
            held = TakeLock(full);
            return new DataDirectory(full, held, ReadServerId(System.IO.Path.Combine(full, ServerIdName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StartUpException($"The data directory {full} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The path of a file or directory in it.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // It holds the key ring, so it is for this user alone; one that is there already keeps its mode.
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream TakeLock(string path)
    {
        FileStream held;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new StartUpException($"Another instance is running on the data directory {path}.", e);
        }

        // For whoever looks; the lock itself is on the open file and goes with the process.
        held.SetLength(0);
        held.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        held.Flush();
        return held;
    }

    private static string ReadServerId(string file)
    {
        if (File.Exists(file) && Guid.TryParse(File.ReadAllText(file).Trim(), out var id))
        {
            return id.ToString("N");
        }

        id = Guid.NewGuid();
        File.WriteAllText(file, id.ToString("N") + "\n");
        return id.ToString("N");
    }
}

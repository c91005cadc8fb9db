<#
Makes a Windows 11 machine with Madoguchi installed a kiosk. Run it as an administrator; run it again to change the
settings or after the kiosk's account was made.

  .\setup.ps1 -Central https://central.example -Printer tcp://10.0.0.9:9100
  .\setup.ps1 -Remove
#>
[CmdletBinding(DefaultParameterSetName = 'Set')]
param(
  [Parameter(Mandatory, ParameterSetName = 'Set')] [ValidatePattern('^https://')] [string] $Central,
  [Parameter(Mandatory, ParameterSetName = 'Set')] [ValidatePattern('^tcp://')] [string] $Printer,
  [Parameter(ParameterSetName = 'Set')] [ValidateSet('self-service', 'staff')] [string] $Mode = 'self-service',
  [Parameter(Mandatory, ParameterSetName = 'Remove')] [switch] $Remove
)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3

$Program = Join-Path $env:ProgramFiles 'Madoguchi\Madoguchi.exe'
$Data = 'C:\ProgramData\Madoguchi'
# The account that Windows makes for an automatic sign-in.
$Account = 'kioskUser0'
$Administrators = '*S-1-5-32-544'
$System = '*S-1-5-18'
# What the task scheduler answers for a task that runs, or has yet to run.
$StillRunning = 0x41301, 0x41303

$me = [Security.Principal.WindowsPrincipal][Security.Principal.WindowsIdentity]::GetCurrent()
if (-not $me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) { throw 'Run this as an administrator.' }

# Only the system itself may write the kiosk's configuration, so a task of its runs these lines, once.
function Invoke-AsSystem([string] $Script) {
  $name = 'Madoguchi kiosk set-up'
  $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -EncodedCommand $encoded"
  $always = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
  Register-ScheduledTask -TaskName $name -Action $action -Settings $always -User 'NT AUTHORITY\SYSTEM' -Force | Out-Null
  try {
    Start-ScheduledTask -TaskName $name
    $deadline = (Get-Date).AddMinutes(1)
    do {
      Start-Sleep -Milliseconds 500
      $result = (Get-ScheduledTaskInfo -TaskName $name).LastTaskResult
    } while ($result -in $StillRunning -and (Get-Date) -lt $deadline)
    if ($result -ne 0) { throw "The kiosk's configuration was refused (task result $result)." }
  } finally {
    Unregister-ScheduledTask -TaskName $name -Confirm:$false
  }
}

$class = "Get-CimInstance -Namespace 'root\cimv2\mdm\dmmap' -ClassName 'MDM_AssignedAccess'"
if ($Remove) {
  Invoke-AsSystem "`$ErrorActionPreference = 'Stop'; `$k = $class; `$k.Configuration = `$null; Set-CimInstance -CimInstance `$k"
  Write-Output "The machine is no kiosk any more after a restart. $Data was left alone: applications may wait in it."
  return
}

if (-not (Test-Path $Program)) { throw "$Program is not there: run the installer first." }
New-Item -ItemType Directory -Force $Data | Out-Null
$settings = Join-Path $Data 'settings.json'
$values = if (Test-Path $settings) { Get-Content -Raw $settings | ConvertFrom-Json } else { [pscustomobject]@{} }
foreach ($entry in @{ central = $Central; printer = $Printer; mode = $Mode }.GetEnumerator()) {
  $values | Add-Member -NotePropertyName $entry.Key -NotePropertyValue $entry.Value -Force
}
# Without the byte order mark that Set-Content would write.
[IO.File]::WriteAllText($settings, ($values | ConvertTo-Json -Depth 5))

$xml = Get-Content -Raw (Join-Path $PSScriptRoot 'assigned-access.xml')
$escaped = [Net.WebUtility]::HtmlEncode($xml) -replace "'", "''"
Invoke-AsSystem "`$ErrorActionPreference = 'Stop'; `$k = $class; `$k.Configuration = '$escaped'; Set-CimInstance -CimInstance `$k"

# The kiosk never sleeps and keeps no memory dumps: secrets live in memory only.
powercfg /change monitor-timeout-ac 0
powercfg /change standby-timeout-ac 0
powercfg /hibernate off
Set-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\CrashControl' -Name CrashDumpEnabled -Value 0
New-Item -Force 'HKLM:\SOFTWARE\Microsoft\Windows\Windows Error Reporting' |
  Set-ItemProperty -Name Disabled -Value 1
# No swipe from the screen's edge opens anything.
New-Item -Force 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI' | Set-ItemProperty -Name AllowEdgeSwipe -Value 0

# The data belong to the kiosk's account, to administrators and to the system; nobody else reads them.
$rights = @($Administrators, $System, $Account) | ForEach-Object { '/grant:r'; "$($_):(OI)(CI)$(if ($_ -eq $Account) { 'M' } else { 'F' })" }
if (Get-LocalUser -Name $Account -ErrorAction SilentlyContinue) {
  icacls $Data /inheritance:r @rights | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "The rights of $Data could not be set." }
  Write-Output 'Done. Restart the machine: it comes up with the terminal.'
} else {
  Write-Warning "Windows has not made the account $Account yet. Restart, sign in as an administrator, run this again."
}

package com.example.partaccessibility;

import android.app.Activity;

public class Main extends Activity { }

package com.example.guarddefaulttrue;

import android.app.Activity;

public class Main extends Activity { }
